import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { handleUnaryCall, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';

/** Serves a plugin of Pulumi on a free port, and says which: that is all that makes a program a plugin. */
export function serve(service: ServiceDefinition, methods: UntypedServiceImplementation): void {
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  server.addService(service, methods);
  server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
  endWithParent();
}

/** A plugin has a process group of its own: who kills the command line leaves it. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || process.exit(), 1000).unref();
}

/** A method that answers one request; what it throws is the answer of the server. */
export function answers<Q, R>(answer: (request: Q) => R | Promise<R>): handleUnaryCall<unknown, unknown> {
  return ({ request }, respond) => {
    Promise.resolve()
      .then(() => answer(request as Q))
      .then(
        (response) => respond(null, response),
        (error: Error) => respond({ code: status.UNKNOWN, message: error.message }),
      );
  };
}
