/**
 * Runs in a network namespace. `serve <json: { tcp: number[], udp: number[] }>` answers on ports of every address, and prints
 * a line when it does. `connect` reads probes from standard input, tries all of them at once, and prints those that got an answer.
 */
import * as dgram from 'node:dgram';
import * as net from 'node:net';

/** One try: from this address to that one. */
export interface Probe {
  readonly id: string;
  readonly protocol: 'tcp' | 'udp';
  readonly from: string;
  /** Source port. @default - any */
  readonly fromPort?: number;
  readonly to: string;
  readonly port: number;
}

/** Milliseconds without any further answer after which the rest counts as dropped, and the longest wait. */
const QUIET = 1_500;
const LONGEST = 20_000;

if (require.main === module) {
  const [, , command, ports = '{}'] = process.argv;
  void (command === 'serve' ? serve(JSON.parse(ports) as { tcp: number[]; udp: number[] }) : main());
}

async function serve({ tcp, udp }: { tcp: number[]; udp: number[] }): Promise<void> {
  await Promise.all([
    ...tcp.map(
      (port) =>
        new Promise<void>((resolve) =>
          net
            .createServer((socket) => {
              socket.on('error', () => undefined);
              socket.pipe(socket);
            })
            .listen(port, '::', 1024, resolve),
        ),
    ),
    ...udp.map(
      (port) =>
        new Promise<void>((resolve) => {
          const socket = dgram.createSocket('udp6');
          socket.on('message', (message, { address, port: to }) => socket.send(message, to, address));
          socket.bind(port, '::', resolve);
        }),
    ),
  ]);
  process.stdout.write('ready\n');
}

async function main(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
  }
  const probes = JSON.parse(Buffer.concat(chunks).toString()) as Probe[];
  const open = new Set<string>();
  let last = Date.now();
  const answered = (id: string): void => {
    open.add(id);
    last = Date.now();
  };
  probes.forEach((probe) => (probe.protocol === 'tcp' ? tcp(probe, answered) : udp(probe, answered)));
  const start = Date.now();
  const timer = setInterval(() => {
    if (open.size === probes.length || Date.now() - last > QUIET || Date.now() - start > LONGEST) {
      clearInterval(timer);
      process.stdout.write(JSON.stringify([...open]), () => process.exit(0));
    }
  }, 50);
}

function tcp({ id, from, fromPort, to, port }: Probe, answered: (id: string) => void): void {
  const socket = net.connect({ host: to, port, localAddress: from, localPort: fromPort });
  socket.on('error', () => undefined);
  socket.on('connect', () => socket.write('?'));
  socket.on('data', () => {
    answered(id);
    socket.destroy();
  });
}

/** A datagram may be lost where many are sent at once: it is sent again until there is an answer. */
function udp({ id, from, fromPort, to, port }: Probe, answered: (id: string) => void): void {
  const socket = dgram.createSocket(from.includes(':') ? 'udp6' : 'udp4');
  socket.on('error', () => undefined);
  socket.bind(fromPort, from, () => {
    const send = (): void => socket.send('?', port, to, () => undefined);
    const timer = setInterval(send, 400);
    socket.on('message', () => {
      clearInterval(timer);
      answered(id);
    });
    send();
  });
}
