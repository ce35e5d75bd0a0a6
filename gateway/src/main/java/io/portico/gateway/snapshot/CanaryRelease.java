package io.portico.gateway.snapshot;

/**
 * A stage's <b>canary release</b>: another deployment, or the same with other variables, that takes
 * a share of the stage's calls.
 *
 * @param stage what such a call runs on, in all else the stage
 * @param share from 0 for no call to 1 for every one
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html">Canary
 *     release deployments</a>
 */
public record CanaryRelease(StageSnapshot stage, double share) {

  /**
   * Whether a call is the canary's.
   *
   * @param chance equally likely anywhere from 0 up to, and without, 1
   */
  public boolean takes(double chance) {
    return chance < share;
  }
}
