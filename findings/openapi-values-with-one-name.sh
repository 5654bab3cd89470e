#!/usr/bin/env bash
# Packages: openapi-typescript-codegen 0.31.0, beside swagger-typescript-api 13.13.0 (npm),
# 2026-12-01.
# Behaviour: of the values of an enum it makes names with the letters A to Z only. Values whose
# names are then the same are left out, without an error: of the family names Lê and Lý, Võ and
# Vũ, Hồ and Hà, the second, and of the goods Gà (hens) and Gỗ (wood). The type allows fewer
# values than the service has, and a list that is filled from it lacks them.
# swagger-typescript-api has them all.
# Output seen:
#   openapi-typescript-codegen: L_ = 'Lê', V_ = 'Võ', H_ = 'Hồ', G_ = 'Gà'
#   left out: Lý Vũ Hà Gỗ
#   swagger-typescript-api, left out: none
# Meaning for users: categories of statistics and people's names are enums in the interfaces of
# offices. People are missing in a form, and TypeScript refuses what the service answers.
# Consequence here: a test of the OpenAPI document finds values of an enum with one such name.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openapi-typescript-codegen@0.31.0 swagger-typescript-api@13.13.0 >/dev/null 2>&1
cat >main.cjs <<'JS'
const fs = require('fs');
const OpenAPI = require('openapi-typescript-codegen');
const { generateApi } = require('swagger-typescript-api');
const values = ['Lê', 'Lý', 'Võ', 'Vũ', 'Hồ', 'Hà', 'Gà', 'Gỗ'];
const spec = { openapi: '3.0.3', info: { title: 't', version: '1' }, paths: {}, components: { schemas: { Name: { type: 'string', enum: values } } } };
const left = (text) => values.filter((value) => !new RegExp(`['"]${value}['"]`).test(text)).join(' ') || 'none';
(async () => {
  fs.writeFileSync('api.json', JSON.stringify(spec));
  await OpenAPI.generate({ input: 'api.json', output: 'out', exportCore: false, exportServices: false });
  const made = fs.readFileSync('out/models/Name.ts', 'utf8');
  console.log('openapi-typescript-codegen:', made.match(/\w+ = '[^']*'/g).join(', '));
  console.log('left out:', left(made));
  const other = await generateApi({ input: `${process.cwd()}/api.json`, output: false, generateClient: false, silent: true });
  console.log('swagger-typescript-api, left out:', left(other.files[0].fileContent));
})();
JS
seen=$(node main.cjs 2>/dev/null)
echo "$seen"
want="openapi-typescript-codegen: L_ = 'Lê', V_ = 'Võ', H_ = 'Hồ', G_ = 'Gà'
left out: Lý Vũ Hà Gỗ
swagger-typescript-api, left out: none"
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
