// Resolves the packages of this folder: from --installation DIR where the tests put them, else from beside this file.
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { installation: { type: 'string', default: dirname(fileURLToPath(import.meta.url)) } },
  allowPositionals: true,
});

export const require = createRequire(join(resolve(values.installation), 'package.json'));
export const positional = positionals;
