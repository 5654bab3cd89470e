// Asks one question by the types that openapi-typescript made of the document.
import createClient from 'openapi-fetch';
import type { paths } from './client.js';

declare const process: { argv: string[] };
const client = createClient<paths>({ baseUrl: process.argv[2] });
const found = await client.GET('/api/v1/search', { params: { query: { q: 'nghi quyet', size: 1 } } });
const first = found.data?.hits[0];
if (!found.data || !first) throw new Error(JSON.stringify(found.error));
const cube = await client.GET('/api/v1/stats', { params: { query: { by: ['quarter', 'kind'], group: 'copies' } } });
if (!cube.data || typeof cube.data === 'string') throw new Error(JSON.stringify(cube.error)); // text is that of format=csv
const cell = cube.data.cells[0];
if (!cell?.quarter || !(cell.count > 0) || !cube.data.groups || cube.data.groups > cube.data.total) throw new Error(JSON.stringify(cube.data));
console.log(`TypeScript: ${found.data.total} documents, ${first.title}, ${first.date ?? 'undated'}`);
