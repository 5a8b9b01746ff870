"""What was given out: the hash of every certificate, badge, kit and paper, so that this very file is known again."""
