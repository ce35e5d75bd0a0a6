package io.portico.gateway.control.sdk.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A deployed API, as its clients see it.
 *
 * @param name the API's, which may be any text
 * @param version the API's, or when it was made
 * @param invokeUrl where the stage is called, without a slash at the end
 * @param methods ordered by path; those of ANY are left out
 * @param models in the order in which they were met
 */
public record ClientContract(
    String apiId,
    String name,
    @Nullable String description,
    String version,
    String region,
    String stage,
    String invokeUrl,
    List<ClientMethod> methods,
    List<ClientModel> models) {}
