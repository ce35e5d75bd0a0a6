package io.portico.gateway.execute.authorizer;

import io.portico.gateway.execute.AuthorizerContext;
import org.jspecify.annotations.Nullable;

/**
 * A caller whom an authorizer that is tested knows.
 *
 * @param policy what he may call, or null where that is no authorizer's to say
 */
public record KnownCaller(AuthorizerContext context, @Nullable String policy) {}
