// jest does not compile its reporters.
import { tsImport } from 'tsx/esm/api';

const { ProofReporter } = await tsImport('./proof-reporter.ts', import.meta.url);
export default ProofReporter;
