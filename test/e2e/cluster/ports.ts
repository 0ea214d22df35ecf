import * as net from 'node:net';

/** What listens, each on a loopback port of its own. */
export const LISTENERS = ['apiServer', 'etcdClient', 'etcdPeer', 'etcdMetrics', 'controllerManager', 'scheduler'] as const;

/** A port for each listener. */
export type Ports = Readonly<Record<(typeof LISTENERS)[number], number>>;

/** Free ports; all of them are held until the last is found, so that none is given twice. */
export async function freePorts(wanted: Partial<Ports> = {}): Promise<Ports> {
  const held = await Promise.all(LISTENERS.map((name) => listen(wanted[name] ?? 0)));
  const ports = Object.fromEntries(LISTENERS.map((name, index) => [name, (held[index]?.address() as net.AddressInfo).port]));
  await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  return ports as Ports;
}

function listen(port: number): Promise<net.Server> {
  return new Promise((done, failed) => {
    const server = net.createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      failed(
        error.code === 'EADDRINUSE' ? new Error(`Port ${port} of 127.0.0.1 is taken. Take another, or stop what listens there.`) : error,
      ),
    );
    server.listen({ port, host: '127.0.0.1' }, () => done(server));
  });
}
