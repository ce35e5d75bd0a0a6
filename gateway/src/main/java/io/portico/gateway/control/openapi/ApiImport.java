package io.portico.gateway.control.openapi;

import io.portico.gateway.compile.VpcLinks;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.openapi.OpenApiDocument;
import io.portico.gateway.openapi.Operation;
import io.portico.gateway.openapi.PathItem;
import java.util.List;
import java.util.Map;

/**
 * One import: everything a document says, in the order AWS creates it, onto what stays of the API
 * that is there.
 */
final class ApiImport {
  private final OpenApiDocument document;
  private final ApiDefinition existing;
  private final boolean merge;
  private final ImportOptions options;
  private final FreshIds ids;
  private final Quotas quotas;
  private final VpcLinks links;
  private final Findings findings;

  ApiImport(
      OpenApiDocument document,
      ApiDefinition existing,
      boolean merge,
      ImportOptions options,
      FreshIds ids,
      Quotas quotas,
      VpcLinks links,
      Findings findings) {
    this.document = document;
    this.existing = existing;
    this.merge = merge;
    this.options = options;
    this.ids = ids;
    this.quotas = quotas;
    this.links = links;
    this.findings = findings;
  }

  ApiDefinition run() {
    Extensions.check(document, findings);
    if (document.servers() > 1) {
      // AWS: source: what its console reports.
      findings.warning(
          "More than one server provided. Ignoring all but the first for defining endpoint"
              + " configuration");
    }
    ModelImport models =
        new ModelImport(
            document,
            existing.api().id(),
            existing.models(),
            kept(existing.models()),
            ids,
            findings);
    AuthorizerImport authorizers =
        new AuthorizerImport(
            document, existing.authorizers(), kept(existing.authorizers()), ids, quotas, findings);
    ValidatorImport validators =
        new ValidatorImport(
            document, existing.requestValidators(), kept(existing.requestValidators()), ids);
    ResourceImport resources =
        new ResourceImport(existing.resources(), keptResources(), ids, findings);
    MethodImport methods =
        new MethodImport(
            models,
            validators,
            new SecurityImport(authorizers, document.security(), findings),
            new IntegrationImport(quotas, links, findings),
            findings);
    importPaths(resources, methods);
    return new ApiDefinition(
        ApiSettings.read(document, existing.api(), merge, options),
        resources.resources(),
        authorizers.authorizers(),
        models.models(),
        validators.validators(),
        GatewayResponseImport.read(document, kept(existing.gatewayResponses()), findings));
  }

  private <R> List<R> kept(List<R> records) {
    return merge ? records : List.of();
  }

  private List<ResourceRecord> keptResources() {
    if (merge) {
      return existing.resources();
    }
    return existing.resources().stream()
        .filter(ResourceRecord::atRoot)
        .map(root -> new ResourceRecord(root.id(), null, null, root.path(), Map.of()))
        .toList();
  }

  private void importPaths(ResourceImport resources, MethodImport methods) {
    BasePath basePath = BasePath.of(document.basePath(), options.basePath());
    resources.at(basePath.parts());
    for (PathItem item : document.paths()) {
      Extensions.check(item, findings);
      ResourceRecord resource = resources.at(basePath.with(item.path()));
      if (resource == null) {
        continue;
      }
      for (Operation operation : item.operations()) {
        MethodRecord method = methods.read(operation, resource);
        if (method != null) {
          resources.put(resource, method);
        }
      }
    }
  }
}
