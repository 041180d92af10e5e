// Serves the blob emulator for one parent process.
//
//   node serve.mjs --installation DIR --location DIR [--host ADDRESS] [--port N]
//
// --installation  folder that `npm ci` filled, see package.json beside this file
// --location      folder of the data; it is kept
// --host          address to listen on; loopback unless told, since its account key is known to everyone
// --port          port; 0, the default, takes a free one
//
// Prints one line of JSON, {"address":"http://127.0.0.1:N"}, when it listens. Ends when its standard input closes, that is,
// at the latest when the parent dies. Azurite's own program saves its index of blobs every five seconds only; here every
// change is saved before it is acknowledged, so that killing this process at any instruction loses nothing acknowledged.
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    installation: { type: 'string' },
    location: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '0' },
  },
});
const location = resolve(options.location);
mkdirSync(location, { recursive: true });

const azurite = createRequire(join(resolve(options.installation), 'node_modules', 'azurite', 'package.json'));
const { default: BlobConfiguration } = azurite('./dist/src/blob/BlobConfiguration.js');
const { default: BlobServer } = azurite('./dist/src/blob/BlobServer.js');
const { DEFAULT_BLOB_PERSISTENCE_ARRAY } = azurite('./dist/src/blob/utils/constants.js');
const { configLogger } = azurite('./dist/src/common/Logger.js');

configLogger(false, undefined);
DEFAULT_BLOB_PERSISTENCE_ARRAY[0].locationPath = join(location, '__blobstorage__');
const keepAliveSeconds = 5;
const server = new BlobServer(new BlobConfiguration(
  options.host,
  Number(options.port),
  keepAliveSeconds,
  join(location, '__azurite_db_blob__.json'),
  join(location, '__azurite_db_blob_extent__.json'),
  DEFAULT_BLOB_PERSISTENCE_ARRAY,
  false,
));

// Extents first: the index never names an extent that is not saved.
const save = async () => {
  for (const store of [server.extentMetadataStore, server.metadataStore]) {
    await new Promise((done, failed) => store.db.saveDatabase((error) => (error ? failed(error) : done())));
  }
};

server.httpServer.prependListener('request', (request, response) => {
  if (request.method === 'GET' || request.method === 'HEAD') {
    return;
  }
  const end = response.end.bind(response);
  response.end = (...last) => {
    save().then(() => end(...last), (error) => {
      console.error(`cannot save ${location}: ${error.message}`);
      response.destroy(error);
    });
    return response;
  };
});

// An interrupt goes to the whole terminal group; the parent decides when the store may go.
process.on('SIGINT', () => {});
process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0)).resume();

try {
  await server.start();
} catch (error) {
  console.error(error.code === 'EADDRINUSE' ? `port ${options.port} is taken by another process` : error.message);
  process.exit(1);
}
console.log(JSON.stringify({ address: server.getHttpServerAddress() }));
