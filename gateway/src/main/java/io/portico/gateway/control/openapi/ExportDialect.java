package io.portico.gateway.control.openapi;

import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.MethodResponseRecord;
import io.portico.gateway.model.RestApiRecord;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How one version of OpenAPI writes what an API has, and in which order. */
sealed interface ExportDialect permits ExportDialect2, ExportDialect3 {

  /** Where references to models point to, up to the name. */
  String modelPrefix();

  /** The names of a path's operations in the order they are written. */
  List<String> methods();

  /** What comes before the paths. */
  void head(ObjectNode document, RestApiRecord api, String stageName, String version);

  /** What comes after the paths. */
  void components(ObjectNode document, ObjectNode models, ObjectNode securitySchemes);

  /** Where the endpoint configuration is written. */
  ObjectNode endpointHolder(ObjectNode document);

  /** What the operation takes. */
  void request(ObjectNode operation, MethodRecord method, String name);

  void response(ObjectNode response, MethodResponseRecord record);
}
