import { hardenedProgram } from './program';

/** What `pulumi up` runs: Pulumi calls a program that is a function, and shows what it comes to as the outputs of the stack. */
export = () => hardenedProgram();
