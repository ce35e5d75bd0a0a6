package io.portico.gateway.execute;

import io.portico.gateway.aws.policy.AccessRequest;
import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What policies were asked about a call.
 *
 * @param ofApi the API's resource policy, or null where that was not asked
 * @param identity whose policies were asked, or null
 * @param ofAuthorizer what a Lambda authorizer has answered, or null
 * @param request what the caller wants
 * @param readings other readings of the resource: what is denied of one is denied of all
 */
public record PolicyQuestion(
    @Nullable Policy ofApi,
    @Nullable IamIdentity identity,
    @Nullable Policy ofAuthorizer,
    AccessRequest request,
    List<String> readings) {}
