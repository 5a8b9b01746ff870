"""The certificate as a token (VC-JWT, ES256), for systems that read no other form. Made when its holder asks for it."""
