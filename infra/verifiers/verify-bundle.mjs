// Verifies Sigstore bundles that were signed with a key, by the Sigstore project's own verifier.
//
//   node verify-bundle.mjs KEY.pub.pem BUNDLE...
//
// There is no certificate authority and no transparency log: the key is given. Prints one line a bundle; exits 1 when one
// does not verify.
import { createHash, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { positional, require } from './installation.mjs';

const { bundleFromJSON } = require('@sigstore/bundle');
const { toSignedEntity, Verifier } = require('@sigstore/verify');

const [keyPath, ...bundlePaths] = positional;
const pem = readFileSync(keyPath, 'utf8');
const fingerprint = createHash('sha256').update(pem).digest('hex');
const trusted = {
  certificateAuthorities: [],
  timestampAuthorities: [],
  tlogs: [],
  ctlogs: [],
  publicKey: (hint) => {
    if (hint !== fingerprint) {
      throw new Error(`the bundle names key ${hint}, expected ${fingerprint}`);
    }
    return { publicKey: createPublicKey(pem), validFor: () => true };
  },
};
const verifier = new Verifier(trusted, { ctlogThreshold: 0, tlogThreshold: 0, timestampThreshold: 0 });

for (const path of bundlePaths) {
  try {
    verifier.verify(toSignedEntity(bundleFromJSON(JSON.parse(readFileSync(path, 'utf8')))));
    console.log(`${path}: verified with ${fingerprint}`);
  } catch (error) {
    console.error(`${path}: REFUSED: ${error.message}`);
    process.exitCode = 1;
  }
}
