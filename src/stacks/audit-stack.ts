import { Construct } from 'constructs';
import { AuditLogging } from '../control-plane';
import type { AuditLoggingProps } from '../control-plane';

/** What the API servers record of requests (LOG-01 to LOG-04). Makes no API object: the files come with those of the control plane. */
export class AuditStack extends Construct {
  public constructor(scope: Construct, id: string, props: AuditLoggingProps = {}) {
    super(scope, id);
    new AuditLogging(this, 'logging', props);
  }
}
