// Takes a bundle apart for openssl: writes the bytes that the signature is over, and the signature.
//
//   node pae.mjs BUNDLE SIGNED-BYTES SIGNATURE
import { readFileSync, writeFileSync } from 'node:fs';
import { positional } from './installation.mjs';

const [bundle, signedBytes, signature] = positional;
const { payload, payloadType, signatures } = JSON.parse(readFileSync(bundle, 'utf8')).dsseEnvelope;
const body = Buffer.from(payload, 'base64');
writeFileSync(signedBytes, Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${body.length} `), body]));
writeFileSync(signature, Buffer.from(signatures[0].sig, 'base64'));
