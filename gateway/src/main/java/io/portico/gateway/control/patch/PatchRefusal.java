package io.portico.gateway.control.patch;

import io.portico.gateway.control.protocol.ServiceException;
import java.util.List;
import java.util.Set;

/**
 * What AWS says about a change that a table has no row for. Its families of operations do not
 * agree.
 */
public interface PatchRefusal {

  /** No row has this path. */
  ServiceException unknownPath(PatchOperation operation, PatchTable table);

  /** A row has this path, but not this {@code op}. */
  ServiceException wrongOp(PatchOperation operation, Set<String> allowed, PatchTable table);

  /** Resources, models, documentation parts and API keys. */
  // AWS: two blanks after "path"; source: GEN-23, RES-05.
  PatchRefusal NAMING_PATHS =
      new PatchRefusal() {
        @Override
        public ServiceException unknownPath(PatchOperation operation, PatchTable table) {
          List<String> paths = table.pathsFor(operation.op());
          return ServiceException.badRequest(
              start(operation)
                  + (paths.isEmpty()
                      ? "Please choose supported operations"
                      : "Must be one of: " + paths));
        }

        @Override
        public ServiceException wrongOp(
            PatchOperation operation, Set<String> allowed, PatchTable table) {
          return unknownPath(operation, table);
        }

        private String start(PatchOperation operation) {
          return "Invalid patch path  '%s' specified for op '%s'. "
              .formatted(operation.path(), operation.op());
        }
      };

  /** REST APIs, methods, integrations, their responses, and whatever else is not recorded. */
  // AWS: source: GEN-23, MTH-10, API-15, GWR-06 ("null" for a missing path).
  PatchRefusal NAMING_OPS =
      new PatchRefusal() {
        @Override
        public ServiceException unknownPath(PatchOperation operation, PatchTable table) {
          return ServiceException.badRequest("Invalid patch path " + operation.path());
        }

        @Override
        public ServiceException wrongOp(
            PatchOperation operation, Set<String> allowed, PatchTable table) {
          return ServiceException.badRequest(
              "Invalid patch operation specified. Must be one of: " + List.copyOf(allowed));
        }
      };
}
