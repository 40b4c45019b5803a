// Compresses as a good host does: `file.br` beside every text file of a directory, Brotli at quality 11.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
for (const file of readdirSync(process.argv[2], { recursive: true })) {
  if (!/\.(html|css|js|json|svg|txt|wasm|webmanifest|xml)$/.test(file)) continue;
  const path = join(process.argv[2], file);
  writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path), options));
}
