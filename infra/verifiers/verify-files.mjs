// Compares the files of a publication with what model.sig says of them, by OpenSSF Model Signing v1, and with nothing of
// Lifecycle's code. The signature itself is verify-bundle.mjs's matter.
//
//   node verify-files.mjs DIRECTORY
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { positional } from './installation.mjs';

const [directory] = positional;
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
const { payload } = JSON.parse(readFileSync(join(directory, 'model.sig'), 'utf8')).dsseEnvelope;
const statement = JSON.parse(Buffer.from(payload, 'base64').toString('utf8'));
const { resources, serialization } = statement.predicate;

const defects = [];
const expect = (subject, found, expected) => found === expected || defects.push(`${subject}: found ${found}, expected ${expected}`);
expect('predicateType', statement.predicateType, 'https://model_signing/signature/v1.0');
expect('root digest', sha256(...resources.map(({ digest }) => Buffer.from(digest, 'hex'))), statement.subject[0].digest.sha256);
const present = readdirSync(directory).filter((name) => !serialization.ignore_paths.includes(name)).sort();
expect('files', present.join(' '), resources.map(({ name }) => name).join(' '));
for (const { name, digest } of resources.filter((resource) => present.includes(resource.name))) {
  expect(name, sha256(readFileSync(join(directory, name))), digest);
}

defects.forEach((defect) => console.error(defect));
console.log(defects.length === 0 ? `${present.length} files as signed` : `${defects.length} defects`);
process.exitCode = defects.length === 0 ? 0 : 1;
