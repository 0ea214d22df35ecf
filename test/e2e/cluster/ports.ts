import * as net from 'node:net';

/** What listens, each on a loopback port of its own. */
export const LISTENERS = ['apiServer', 'etcdClient', 'etcdPeer', 'etcdMetrics', 'controllerManager', 'scheduler'] as const;

/** A port for each listener. */
export type Ports = Readonly<Record<(typeof LISTENERS)[number], number>>;

/** Free ports; all of them are held until the last is found, so that none is given twice. */
export async function freePorts(wanted: Partial<Ports> = {}): Promise<Ports> {
  const listening = await Promise.allSettled(LISTENERS.map((name) => listen(wanted[name] ?? 0)));
  const held = listening.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const ports = held.map((server) => (server.address() as net.AddressInfo).port);
  await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  const failure = listening.find((result) => result.status === 'rejected');
  if (failure) {
    throw failure.reason;
  }
  return Object.fromEntries(LISTENERS.map((name, index) => [name, ports[index]])) as Ports;
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
