import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the page's figures stand beside: the same JSON as a plain HTML table, without a framework, without keys, whole. */
export async function servePlainTable(zippedMatrix: Buffer): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((request, response) => {
    if (request.url === '/matrix.json') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(zippedMatrix);
    } else {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const html = `<!doctype html><title>Plain table</title>
<style>td, th { min-width: 204px; height: 50px; text-align: left }</style>
<table></table>
<script type="module">
const matrix = await (await fetch('/matrix.json')).json();
const rows = matrix.rows.map(({ service, slots }) => '<tr><th>' + service + '</th>' + matrix.environments.map((name) =>
  '<td>' + (slots[name] ? slots[name].current.version + '<br>' + slots[name].current.status : '') + '</td>').join('') + '</tr>');
document.querySelector('table').innerHTML = rows.join('');
window.matrix = matrix;
</script>`;
