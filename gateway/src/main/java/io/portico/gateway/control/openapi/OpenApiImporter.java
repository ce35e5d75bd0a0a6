package io.portico.gateway.control.openapi;

import io.portico.gateway.compile.VpcLinks;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.control.rules.ApiQuotas;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.DocumentationLocation;
import io.portico.gateway.model.DocumentationPartRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.openapi.OpenApiDocument;
import io.portico.gateway.openapi.OpenApiException;
import io.portico.gateway.openapi.OpenApiReader;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * <b>Import</b>: an OpenAPI document becomes an API, or changes one.
 *
 * <p>A document is read first, which takes long and needs nothing that is stored, and then planned
 * onto an API. It is taken whole or refused whole; the caller stores the result in the transaction
 * that the API was read in.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html">Develop
 *     REST APIs using OpenAPI</a>
 */
public final class OpenApiImporter {
  /** A document is held in memory, whatever its quota allows. */
  public static final int MAX_BYTES = 64 << 20;

  private static final OpenApiReader READER =
      new OpenApiReader(MAX_BYTES, Set.of(Extensions.ANY_METHOD));

  private final Supplier<String> ids;
  private final Clock clock;
  private final Quotas quotas;

  /**
   * @param ids fresh ids for resources, authorizers, models and request validators
   * @param clock when a new API was created
   * @param quotas that an API keeps within
   */
  public OpenApiImporter(Supplier<String> ids, Clock clock, Quotas quotas) {
    this.ids = ids;
    this.clock = clock;
    this.quotas = quotas;
  }

  /**
   * Reads a document, AWS's variables replaced.
   *
   * @param accountId the account of the API that it is for
   * @param region the region of that API
   * @throws ServiceException if it is no document, or describes more than can be held
   */
  public OpenApiDocument read(byte[] document, String accountId, String region) {
    try {
      return READER.read(document, new AwsVariables(accountId, region)::replaceIn);
    } catch (OpenApiException e) {
      throw Findings.invalid(e.text());
    }
  }

  /**
   * ImportRestApi.
   *
   * @param links those that integrations may name
   * @throws ServiceException if the document is refused
   */
  // AWS: an imported API has no models but the document's; source: MOD-02.
  public ImportResult importNew(
      OpenApiDocument document, NewApi api, VpcLinks links, ImportOptions options) {
    ApiDefinition bare =
        new ApiDefinition(
            ApiSettings.bare(
                api, options.endpointTypes(), clock.instant().truncatedTo(ChronoUnit.SECONDS)),
            List.of(
                new ResourceRecord(
                    api.rootResourceId(), null, null, ResourceRecord.ROOT_PATH, Map.of())),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    return run(document, bare, List.of(), links, false, options);
  }

  /**
   * PutRestApi with mode {@code merge}: what the document does not mention stays.
   *
   * @param documentation the API's documentation parts
   * @param links those that integrations may name
   * @throws ServiceException if the document is refused
   */
  public ImportResult merge(
      OpenApiDocument document,
      ApiDefinition existing,
      List<DocumentationPartRecord> documentation,
      VpcLinks links,
      ImportOptions options) {
    return run(document, existing, documentation, links, true, options);
  }

  /**
   * PutRestApi with mode {@code overwrite}: what the document does not mention goes; resources
   * whose path stays keep their ids.
   *
   * @param documentation the API's documentation parts
   * @param links those that integrations may name
   * @throws ServiceException if the document is refused
   */
  public ImportResult overwrite(
      OpenApiDocument document,
      ApiDefinition existing,
      List<DocumentationPartRecord> documentation,
      VpcLinks links,
      ImportOptions options) {
    return run(document, existing, documentation, links, false, options);
  }

  private ImportResult run(
      OpenApiDocument document,
      ApiDefinition existing,
      List<DocumentationPartRecord> documentation,
      VpcLinks links,
      boolean merge,
      ImportOptions options) {
    Findings findings = new Findings();
    FreshIds fresh = new FreshIds(ids, existing);
    quotas
        .value(
            Quota.DEFINITION_SIZE,
            "The definition of API " + existing.api().id(),
            options.documentBytes())
        .ifPresent(findings::warning);
    try {
      ApiDefinition definition =
          new ApiImport(document, existing, merge, options, fresh, quotas, links, findings).run();
      new ApiQuotas(quotas).check(definition).forEach(findings::warning);
      List<DocumentationPartRecord> parts = documentation;
      if (!options.ignoreDocumentation()) {
        BasePath basePath = BasePath.of(document.basePath(), options.basePath());
        DocumentationImport imported = new DocumentationImport(document, basePath, findings);
        parts =
            merge ? imported.merge(documentation, fresh) : imported.overwrite(documentation, fresh);
        checkCount(existing, parts, findings);
      }
      return new ImportResult(definition, parts, findings.settle(options.failOnWarnings()));
    } catch (OpenApiException e) {
      throw Findings.invalid(e.text());
    }
  }

  private void checkCount(
      ApiDefinition api, List<DocumentationPartRecord> parts, Findings findings) {
    new ApiQuotas(quotas)
        .checkDocumentationParts(api.api().id(), parts.size())
        .ifPresent(findings::warning);
  }

  /**
   * ImportDocumentationParts: the document's parts alone, into or in place of those of an API.
   *
   * @param existing the API
   * @param documentation its documentation parts
   * @throws ServiceException if there are warnings that shall refuse the document
   */
  public ImportedDocumentation importDocumentation(
      OpenApiDocument document,
      ApiDefinition existing,
      List<DocumentationPartRecord> documentation,
      boolean overwrite,
      boolean failOnWarnings) {
    Findings findings = new Findings();
    BasePath none = BasePath.of(null, ImportOptions.BasePathMode.IGNORE);
    DocumentationImport imported = new DocumentationImport(document, none, findings);
    FreshIds fresh = new FreshIds(ids, existing);
    List<DocumentationPartRecord> parts =
        overwrite ? imported.overwrite(documentation, fresh) : imported.merge(documentation, fresh);
    checkCount(existing, parts, findings);
    Set<DocumentationLocation> locations = imported.locations();
    return new ImportedDocumentation(
        parts,
        parts.stream()
            .filter(part -> locations.contains(part.location()))
            .map(DocumentationPartRecord::id)
            .toList(),
        findings.settle(failOnWarnings));
  }
}
