package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.DocumentationVersionRecord;
import io.portico.gateway.model.StageRecord;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * <b>Export</b>: a deployed API as an OpenAPI document.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html">Export
 *     a REST API</a>
 */
public final class OpenApiExporter {
  private static final String SWAGGER = "swagger";
  private static final String OAS30 = "oas30";

  /**
   * Most characters of a version in a file's name: with the rest of it, no more than files have.
   */
  private static final int LONGEST_IN_NAME = 200;

  private OpenApiExporter() {}

  /**
   * GetExport.
   *
   * @param deployed what the stage's deployment froze
   * @param documentation the documentation version that the stage publishes, or null
   * @param exportType {@code swagger} or {@code oas30}
   * @param accepts {@code application/json} or {@code application/yaml}; null means JSON
   * @param parameters the operation's {@code parameters}: {@code extensions}
   * @throws ServiceException if type, media type or extension is none AWS has
   */
  public static ExportedApi export(
      ApiDefinition deployed,
      StageRecord stage,
      @Nullable DocumentationVersionRecord documentation,
      String exportType,
      @Nullable String accepts,
      Map<String, String> parameters) {
    boolean yaml = isYaml(accepts);
    ExportScope scope = ExportScope.of(parameters.get("extensions"));
    ExportDialect dialect =
        switch (exportType) {
          case SWAGGER -> new ExportDialect2();
          case OAS30 -> new ExportDialect3();
          // AWS: the text is assumed.
          default ->
              throw ServiceException.badRequest(
                  "Invalid export type specified: "
                      + exportType
                      + ". Must be one of: ["
                      + OAS30
                      + ", "
                      + SWAGGER
                      + "]");
        };
    PublishedDocumentation published =
        documentation == null ? null : new PublishedDocumentation(documentation);
    ObjectNode document = new DocumentExport(deployed, stage, published, scope, dialect).document();
    // AWS: the writer of OpenAPI 2.0 begins a YAML document with "---", that of 3.0 does not;
    // source: exports in public repositories.
    String body = yaml ? Yaml.text(document, exportType.equals(SWAGGER)) : Json.pretty(document);
    // AWS: source: EXP-01, for JSON.
    return new ExportedApi(
        body,
        "application/octet-stream",
        "attachment; filename=\""
            + exportType
            + "_"
            + inHeader(DocumentExport.version(deployed.api()))
            + (yaml ? ".yaml\"" : ".json\""));
  }

  private static boolean isYaml(@Nullable String accepts) {
    String type = accepts == null ? "" : accepts.toLowerCase(Locale.ROOT);
    if (type.isEmpty() || type.contains("application/json") || type.contains("*/*")) {
      return false;
    }
    if (type.contains("application/yaml")) {
      return true;
    }
    // AWS: the text is assumed.
    throw ServiceException.badRequest(
        "Invalid accepts specified: "
            + accepts
            + ". Must be one of: [application/json,"
            + " application/yaml]");
  }

  /** A version is any text; in a header it must neither end the name nor the line. */
  private static String inHeader(String version) {
    return version
        .substring(0, Math.min(version.length(), LONGEST_IN_NAME))
        .replaceAll("[^\\x20-\\x7e]|[\"\\\\/]", "_");
  }
}
