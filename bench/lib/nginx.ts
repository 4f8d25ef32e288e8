import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One worker, kept connections both ways, the same four headers that the gateway sets. */
const configuration = (folder: string, port: number, upstreamPort: number): string => `
worker_processes 1;
daemon off;
${process.getuid?.() === 0 ? 'user www-data;' : ''}
pid ${folder}/pid;
error_log ${folder}/error.log warn;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  keepalive_requests 1000000000;
  upstream service {
    server 127.0.0.1:${upstreamPort};
    keepalive 256;
    keepalive_requests 1000000000;
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://service;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_set_header X-Request-Id $request_id;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Host $host;
    }
  }
}
`;

/** NGINX (Debian: nginx-light) as a proxy on `core` alone. */
export const startNginx = async (port: number, upstreamPort: number, core: number) => {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-nginx-'));
  await chmod(folder, 0o755);
  const file = join(folder, 'nginx.conf');
  await writeFile(file, configuration(folder, port, upstreamPort));
  const child = spawn(
    'taskset',
    ['-c', String(core), 'nginx', '-e', `${folder}/error.log`, '-c', file],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid!,
    stop: async (): Promise<void> => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
};
