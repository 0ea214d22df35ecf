import { Construct } from 'constructs';
import { ApiServerAdmission } from '../control-plane';
import type { ApiServerAdmissionProps } from '../control-plane';

/** Admission by the API server's own plugins. It makes files for hosts only, through the `ControlPlane` of the app. */
export class AdmissionStack extends Construct {
  public constructor(scope: Construct, id: string, props: ApiServerAdmissionProps = {}) {
    super(scope, id);
    new ApiServerAdmission(this, 'plugins', props);
  }
}
