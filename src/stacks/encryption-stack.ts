import { Construct } from 'constructs';
import { EncryptionAtRest } from '../control-plane';
import type { EncryptionProps } from '../control-plane';

/** Encryption of what the API server stores. It makes files for hosts only, through the `ControlPlane` of the app. */
export class EncryptionStack extends Construct {
  public constructor(scope: Construct, id: string, props: EncryptionProps = {}) {
    super(scope, id);
    new EncryptionAtRest(this, 'at-rest', props);
  }
}
