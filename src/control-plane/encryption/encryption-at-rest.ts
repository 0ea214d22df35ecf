import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import type { IControlPlanePart } from '../control-plane-part';
import type { ControlPlaneSections } from '../control-plane-spec';
import { REWRITE_SCRIPT_PATH } from './rewrite-script';
import { encryptionSection } from './encryption-section';
import type { EncryptionProps, EncryptionSection } from './encryption-section';

/** Encryption of what the API server stores, with keys that are made on the node and rotated by scripts. */
export class EncryptionAtRest extends Construct implements IControlPlanePart {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'NET-22': [
      { kind: 'EncryptionConfiguration', field: 'resources[?].providers[?].secretbox' },
      { kind: 'kube-apiserver', field: 'encryption-provider-config' },
    ],
    'NET-23': [{ kind: 'EncryptionConfiguration', field: 'resources[?].providers[?].kms.apiVersion', value: 'v2' }],
    'NET-24': [{ kind: 'NodeFile', field: 'path', value: REWRITE_SCRIPT_PATH }],
  };

  private readonly section: EncryptionSection;

  /** @throws if the props cannot be written down as an EncryptionConfiguration (NET-22, NET-23) */
  public constructor(scope: Construct, id: string, props: EncryptionProps = {}) {
    super(scope, id);
    this.section = encryptionSection(props);
  }

  public controlPlaneSections(): Partial<ControlPlaneSections> {
    return { encryption: this.section };
  }
}
