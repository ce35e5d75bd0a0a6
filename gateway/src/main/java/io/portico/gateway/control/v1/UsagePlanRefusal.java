package io.portico.gateway.control.v1;

import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.ServiceException;
import java.util.List;
import java.util.Set;

/** What UpdateUsagePlan says about a change it does not know: it names the paths. */
final class UsagePlanRefusal implements PatchRefusal {
  // AWS: as written here; source: reported by users of AWS's clients.
  private static final List<String> REMOVABLE =
      List.of(
          "/apiStages",
          "/quota",
          "/throttle",
          "/productCode",
          "/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>",
          "/apiStages/<apidId:stageName>/throttle");

  @Override
  public ServiceException unknownPath(PatchOperation operation, PatchTable table) {
    List<String> paths =
        "remove".equals(operation.op()) ? REMOVABLE : named(table.pathsFor(operation.op()));
    return ServiceException.badRequest(
        "Invalid patch path  '%s' specified for op '%s'. "
                .formatted(operation.path(), operation.op())
            + (paths.isEmpty()
                ? "Please choose supported operations"
                : "Must be one of: " + paths));
  }

  @Override
  public ServiceException wrongOp(PatchOperation operation, Set<String> allowed, PatchTable table) {
    return unknownPath(operation, table);
  }

  private static List<String> named(List<String> paths) {
    return paths.stream()
        .map(path -> path.replace("+}", "}").replace('{', '<').replace('}', '>'))
        .toList();
  }
}
