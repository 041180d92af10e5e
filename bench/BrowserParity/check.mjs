// Holds the answers of a published model in onnxruntime-web, as a browser would run it, against those of `lifecycle predict --json`.
//
//   node check.mjs MODEL.onnx ROWS.json ANSWERS.json
//
// ROWS.json: a list of objects by column, as `lifecycle predict --input ROWS.json` takes them. ANSWERS.json: what it printed with --json.
import { readFile } from 'node:fs/promises';
import * as ort from 'onnxruntime-web';

const [model, rowsFile, answersFile] = process.argv.slice(2);
if (!answersFile) {
  console.error('usage: node check.mjs MODEL.onnx ROWS.json ANSWERS.json');
  process.exit(2);
}

const rows = JSON.parse(await readFile(rowsFile, 'utf8'));
const answers = JSON.parse(await readFile(answersFile, 'utf8'));
const session = await ort.InferenceSession.create(new Uint8Array(await readFile(model)), { executionProviders: ['wasm'] });

// A wall clock is read as it stands, so as if it were UTC.
const microseconds = text => BigInt(Date.parse(text.endsWith('Z') ? text : `${text.replace(' ', 'T')}Z`)) * 1000n;
const number = value => typeof value === 'string' ? Number(value) : value;
const integer = value => typeof value === 'string' ? microseconds(value) : BigInt(value ?? 0);

function tensor({ name, type }) {
  const isPresence = name.endsWith('_present') && !(name in rows[0]);
  const values = rows.map(row => row[isPresence ? name.slice(0, -'_present'.length) : name]);
  const shape = [rows.length, 1];
  switch (type) {
    case 'bool': return new ort.Tensor('bool', Uint8Array.from(values, value => isPresence ? value != null : value ? 1 : 0), shape);
    case 'int64': return new ort.Tensor('int64', BigInt64Array.from(values, integer), shape);
    case 'string': return new ort.Tensor('string', values.map(value => value ?? ''), shape);
    default: return new ort.Tensor('float32', Float32Array.from(values, value => value == null ? NaN : number(value)), shape);
  }
}

const outputs = await session.run(Object.fromEntries(session.inputMetadata.map(input => [input.name, tensor(input)])));
const expected = answers.flatMap(answer => answer.probabilities ? Object.values(answer.probabilities) : [answer.probability ?? answer.value]);
const found = (outputs.probabilities ?? outputs.probability ?? outputs.value).data;
if (found.length !== expected.length) {
  console.error(`${found.length} numbers in the browser's answers, ${expected.length} in those of predict`);
  process.exit(1);
}

const largest = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i]) / Math.max(1, Math.abs(value))), 0);
console.log(`${rows.length} rows, ${found.length} numbers, largest difference ${largest.toExponential(1)}`);
process.exit(largest <= 1e-5 ? 0 : 1);
