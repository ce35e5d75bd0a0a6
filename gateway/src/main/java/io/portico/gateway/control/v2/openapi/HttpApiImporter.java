package io.portico.gateway.control.v2.openapi;

import io.portico.gateway.control.openapi.AwsVariables;
import io.portico.gateway.control.openapi.BasePath;
import io.portico.gateway.control.openapi.Extensions;
import io.portico.gateway.control.openapi.Findings;
import io.portico.gateway.control.openapi.ImportOptions.BasePathMode;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.openapi.OpenApiDocument;
import io.portico.gateway.openapi.OpenApiException;
import io.portico.gateway.openapi.OpenApiReader;
import io.portico.gateway.openapi.Operation;
import io.portico.gateway.openapi.PathItem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * <b>Import</b>: an OpenAPI document becomes an HTTP API, or takes one's place.
 *
 * <p>As with REST APIs, a document is read first, and then planned onto an API; it is taken whole
 * or refused whole.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html">Use
 *     OpenAPI definitions for HTTP APIs</a>
 */
public final class HttpApiImporter {
  private static final int MAX_BYTES = 64 << 20;

  private static final OpenApiReader READER =
      new OpenApiReader(
          MAX_BYTES, Set.of(Extensions.ANY_METHOD), Set.of(RouteImport.SAM_DEFAULT_PATH));

  private final Quotas quotas;

  public HttpApiImporter(Quotas quotas) {
    this.quotas = quotas;
  }

  /**
   * Reads a document, AWS's variables replaced.
   *
   * @throws ServiceException if it is no document of OpenAPI 3.0
   */
  public static OpenApiDocument read(String text, String accountId, String region) {
    try {
      OpenApiDocument document =
          READER.read(
              text.getBytes(StandardCharsets.UTF_8),
              new AwsVariables(accountId, region)::replaceIn);
      if (document.version2()) {
        // AWS: only 3.0 for HTTP APIs; source: documented, as above. The text is assumed.
        throw Findings.invalid("HTTP APIs are imported from OpenAPI 3.0");
      }
      return document;
    } catch (OpenApiException e) {
      throw Findings.invalid(e.text());
    }
  }

  /**
   * What becomes of an API, which may be a new one.
   *
   * @param failOnWarnings whether a warning refuses the document
   * @throws ServiceException if the document is refused
   */
  public ApiDefinition run(
      OpenApiDocument document,
      ApiDefinition before,
      BasePathMode basePath,
      boolean failOnWarnings,
      NewIds ids) {
    try {
      return planned(document, before, basePath, failOnWarnings, ids);
    } catch (OpenApiException e) {
      throw Findings.invalid(e.text());
    }
  }

  private ApiDefinition planned(
      OpenApiDocument document,
      ApiDefinition before,
      BasePathMode basePath,
      boolean failOnWarnings,
      NewIds ids) {
    Findings findings = new Findings();
    IgnoredKeys ignored = new IgnoredKeys();
    Extensions.check(document, findings);
    ignored.of(document);
    if (document.extensions().hasNonNull(Extensions.POLICY)) {
      // AWS: source: documented,
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html; the
      // text is assumed.
      findings.warning("Resource policies are not supported for HTTP APIs. Ignoring.");
    }
    ApiRecord api = new ApiImport(document, findings).changed(before.api());
    AuthorizerImport authorizers = new AuthorizerImport(before, ids, quotas);
    authorizers.read(document);
    IntegrationImport integrations = new IntegrationImport(api, document, ids, quotas, findings);
    RouteImport routes =
        new RouteImport(
            before,
            BasePath.of(document.basePath(), basePath),
            authorizers,
            new SecurityImport(authorizers, document.security(), findings),
            integrations,
            ids,
            quotas,
            findings);
    for (PathItem item : document.paths()) {
      Extensions.check(item, findings);
      for (Operation operation : item.operations()) {
        ignored.of(item, operation);
        routes.read(item, operation);
      }
    }
    check(Quota.ROUTES, api, routes.routes().size(), findings);
    check(Quota.INTEGRATIONS, api, integrations.integrations().size(), findings);
    check(Quota.AUTHORIZERS, api, authorizers.authorizers().size(), findings);
    List<String> warnings = findings.settle(failOnWarnings);
    return new ApiDefinition(
        api.withImport(ignored.texts(), warnings),
        routes.routes(),
        integrations.integrations(),
        authorizers.authorizers(),
        before.models());
  }

  private void check(Quota quota, ApiRecord api, int count, Findings findings) {
    quotas.check(quota, "API " + api.apiId(), count).ifPresent(findings::warning);
  }
}
