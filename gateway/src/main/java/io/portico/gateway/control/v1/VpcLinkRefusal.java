package io.portico.gateway.control.v1;

import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.ServiceException;
import java.util.Set;

/** What UpdateVpcLink says about a change it does not know. */
final class VpcLinkRefusal implements PatchRefusal {
  private static final String TARGETS = "/targetArns";

  // AWS: source: reported by users of AWS's clients,
  // https://github.com/hashicorp/terraform-provider-aws/pull/2512; of other paths: assumed.
  @Override
  public ServiceException unknownPath(PatchOperation operation, PatchTable table) {
    String path = operation.path();
    return path != null && (path.equals(TARGETS) || path.startsWith(TARGETS + "/"))
        ? ServiceException.badRequest("Target arns are not allowed to be changed/added.")
        : NAMING_OPS.unknownPath(operation, table);
  }

  @Override
  public ServiceException wrongOp(PatchOperation operation, Set<String> allowed, PatchTable table) {
    return NAMING_OPS.wrongOp(operation, allowed, table);
  }
}
