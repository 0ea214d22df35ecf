import { Construct } from 'constructs';
import { ApiServerAuthentication, ApiServerAuthorization } from '../control-plane';
import type { ApiServerAuthenticationProps, ApiServerAuthorizationProps } from '../control-plane';

/** Props of `AccessStack`. */
export interface AccessStackProps extends ApiServerAuthenticationProps {
  /** @default - Node and RBAC, by a flag */
  readonly authorization?: ApiServerAuthorizationProps;
}

/** Who gets to the API server, and who decides what they may do there. It makes files for hosts only, through the `ControlPlane` of the app. */
export class AccessStack extends Construct {
  public constructor(scope: Construct, id: string, { authorization, ...authentication }: AccessStackProps = {}) {
    super(scope, id);
    new ApiServerAuthentication(this, 'authentication', authentication);
    new ApiServerAuthorization(this, 'authorization', authorization);
  }
}
