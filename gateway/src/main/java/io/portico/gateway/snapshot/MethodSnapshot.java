package io.portico.gateway.snapshot;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A method, ready to be called.
 *
 * @param key names the method in the throttles of usage plans and in what is kept while it serves,
 *     such as {@code pets/{petId}/GET}
 * @param resourcePath as configured, such as {@code /pets/{petId}}
 * @param httpMethod as configured; {@code ANY} for a catch-all
 * @param authorization whom it lets in
 * @param apiKeySource where the API key is that a caller must show, of a usage plan for the stage;
 *     null where none is required
 * @param settings the stage's for its requests, by the client's HTTP method
 * @param validation the contract of the method request
 * @param integration what to call
 * @param readsBody whether the request's body is taken apart, rather than handed on unread
 * @param caching what is cached of its answers, by the client's HTTP method; empty for nothing
 */
public record MethodSnapshot(
    String key,
    String resourceId,
    String resourcePath,
    String httpMethod,
    Authorization authorization,
    @Nullable ApiKeySource apiKeySource,
    Map<String, MethodSettings> settings,
    RequestValidation validation,
    IntegrationSnapshot integration,
    boolean readsBody,
    Map<String, ResponseCaching> caching) {}
