package io.portico.gateway.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * A method, ready to be called.
 *
 * @param resourcePath as configured, such as {@code /pets/{petId}}
 * @param httpMethod as configured; {@code ANY} for a catch-all
 * @param refusal closes this method (an authorization that is not enforced yet, a required API
 *     key), or null for {@code authorizationType NONE}
 * @param validation the contract of the method request
 * @param integration what to call
 * @param readsBody whether the request's body is taken apart, rather than handed on unread
 * @param metricsEnabled whether the method has metrics of its own beside its stage's
 */
public record MethodSnapshot(
    String resourceId,
    String resourcePath,
    String httpMethod,
    @Nullable Refusal refusal,
    RequestValidation validation,
    IntegrationSnapshot integration,
    boolean readsBody,
    boolean metricsEnabled) {}
