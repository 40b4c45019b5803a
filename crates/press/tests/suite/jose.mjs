// Opens what the press locked and locks what it opens, with an independent JOSE implementation. See `wall_jose.rs`.
import * as jose from "jose";
import { readFileSync, writeFileSync } from "node:fs";

const work = JSON.parse(readFileSync(process.argv[2], "utf8"));
const bytes = (text) => jose.base64url.decode(text);
const text = (bytes) => new TextDecoder().decode(bytes);
const options = { keyManagementAlgorithms: ["A256KW", "dir"], contentEncryptionAlgorithms: ["A256GCM"] };

const envelope = await jose.generalDecrypt(work.envelope, bytes(work.wrapping), options);
const entry = await jose.compactDecrypt(work.entry, bytes(work.entryKey), options);

const general = new jose.GeneralEncrypt(new TextEncoder().encode(work.rest))
  .setProtectedHeader({ enc: "A256GCM" })
  .setAdditionalAuthenticatedData(bytes(work.envelope.aad));
for (const [kid, key] of work.recipients) general.addRecipient(bytes(key)).setUnprotectedHeader({ alg: "A256KW", kid });
const compact = await new jose.CompactEncrypt(new TextEncoder().encode(work.claims))
  .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
  .encrypt(bytes(work.entryKey));

writeFileSync(process.argv[3], JSON.stringify({
  rest: text(envelope.plaintext),
  claims: text(entry.plaintext),
  envelope: await general.encrypt(),
  entry: compact,
}));
