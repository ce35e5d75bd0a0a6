package io.portico.gateway.snapshot;

/**
 * One entry of an integration's {@code requestParameters} or an integration response's {@code
 * responseParameters}.
 *
 * @param place where the value goes
 * @param name header, path variable or query parameter, in the casing configured
 * @param source where the value comes from
 */
public record ParameterMapping(ParameterPlace place, String name, ParameterSource source) {}
