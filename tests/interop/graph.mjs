// Reads documents with jsonld-streaming-parser, a JSON-LD processor of another family than pyld and jsonld, which
// refuses values that RDF does not have; prints the canonical N-Quads of each, or what it said, as JSON. Its streaming
// profile reads documents as they are written, context and type of each object first: without it, it loses what is in an
// object with a context of its own (its issue 122).
// Input (stdin): {contexts: {url: context}, documents: {name: document}}.
import {readFileSync} from 'node:fs';
import {JsonLdParser} from 'jsonld-streaming-parser';
import * as canonize from 'rdf-canonize';

const {contexts, documents} = JSON.parse(readFileSync(0, 'utf8'));
const documentLoader = {
  load: async url => {
    if(!contexts[url]) {
      throw new Error(`${url} is not at hand`);
    }
    return contexts[url];
  }
};

function quads(document) {
  return new Promise((resolve, reject) => {
    // A graph is a set; the parser says a statement as often as the document does.
    const found = new Map();
    const parser = new JsonLdParser({strictValues: true, streamingProfile: true, documentLoader});
    parser.on('data', quad => found.set(canonize.NQuads.serialize([quad]), quad));
    parser.on('error', reject).on('end', () => resolve([...found.values()]));
    parser.write(JSON.stringify(document));
    parser.end();
  });
}

const answers = {};
for(const [name, document] of Object.entries(documents)) {
  try {
    const dataset = await quads(document);
    answers[name] = {statements: await canonize.canonize(dataset, {algorithm: 'RDFC-1.0', format: 'application/n-quads'})};
  } catch({message}) {
    answers[name] = {said: message};
  }
}
process.stdout.write(JSON.stringify(answers));
