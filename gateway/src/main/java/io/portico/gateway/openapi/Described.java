package io.portico.gateway.openapi;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Is told of what may have a description, as paths are read. */
interface Described {
  /** For those who have heard of it before. */
  Described NOWHERE =
      new Described() {
        @Override
        public void path(String path, ObjectNode item) {}

        @Override
        public void operation(
            String path,
            String method,
            ObjectNode operation,
            List<ObjectNode> parameters,
            String where) {}

        @Override
        public void response(
            String path, String method, String status, ObjectNode response, String where) {}
      };

  void path(String path, ObjectNode item);

  /**
   * An operation with its parameters, its body and its responses.
   *
   * @param parameters those of the path included
   */
  void operation(
      String path, String method, ObjectNode operation, List<ObjectNode> parameters, String where);

  /** A response with its headers. */
  void response(String path, String method, String status, ObjectNode response, String where);
}
