import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type Door, usualDoors } from '../src/server/identity/door.ts';
import { viewerContext } from './make-pages.ts';

/** Signs tokens that servers in production accept, whatever their revision. */
export interface Issuer {
  /** What a server has to be started with. */
  readonly environment: Readonly<Record<string, string>>;
  /** A token of this subject, with the claims that the model's conditions ask for. */
  sign(subject: string): Promise<string>;
  stop(): Promise<void>;
}

const subjectTypes = ['user', 'service', 'employee'];
const audience = 'postern';
const algorithm = 'ES256';

/** `doors` are those that its tokens are for. */
export async function startIssuer(doors: readonly Door[] = usualDoors): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm);
  const folder = await mkdtemp(join(tmpdir(), 'postern-issuer-'));
  const certificate = await makeCertificate(folder);
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: algorithm }] });
  const server = createServer(certificate, (_request, response) => {
    response.setHeader('content-type', 'application/json').end(keys);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    environment: {
      NODE_EXTRA_CA_CERTS: certificate.file,
      POSTERN_TOKEN_CLASSES: JSON.stringify(subjectTypes.map((type) => tokenClass(type, port, doors))),
    },
    sign: (subject) => sign(privateKey, subject),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function tokenClass(subjectType: string, port: number, doors: readonly Door[]) {
  const context = Object.fromEntries([...viewerContext.keys()].map((name) => [name, name]));
  return {
    ...{ subjectType, issuer: issuerOf(subjectType), audience, context },
    // Other revisions know of no doors.
    ...(doors !== usualDoors && { doors }),
    jwksUrl: `https://127.0.0.1:${port}/keys`,
    // The service asks for people whose claims it knows.
    vouchesFor: subjectType === 'service' ? [...viewerContext.keys()] : [],
  };
}

function issuerOf(subjectType: string): string {
  return `https://bench.invalid/${subjectType}`;
}

function sign(key: CryptoKey, subject: string): Promise<string> {
  const [type = '', id = ''] = subject.split(':');
  return new SignJWT(Object.fromEntries(viewerContext))
    .setProtectedHeader({ alg: algorithm, kid: 'bench' })
    .setIssuer(issuerOf(type))
    .setAudience(audience)
    .setSubject(id)
    .setIssuedAt()
    .setExpirationTime('12h')
    .sign(key);
}

/** For this machine and two days, as servers in production take keys by https only. */
async function makeCertificate(folder: string) {
  const [keyFile, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=bench';
  const files = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', keyFile, '-out', file];
  await promisify(execFile)('openssl', [...request.split(' '), ...files]).catch((error: unknown) => {
    throw new Error('The bench over HTTP makes a certificate with "openssl", which failed.', { cause: error });
  });
  return { file, key: await readFile(keyFile), cert: await readFile(file) };
}
