/**
 * The one place that imports cdk8s-plus-27. That release is the last of its line (no seccomp field, `CAP_`-prefixed
 * capabilities, no `ALL`, no gRPC probe), so a later move to a newer cdk8s-plus is an edit of this file alone.
 */
export * from 'cdk8s-plus-27';
