package io.portico.gateway.control.v1;

import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.ServiceException;
import java.util.Set;

/** What UpdateDomainName says about a change it does not know. */
final class DomainNameRefusal implements PatchRefusal {
  private static final String TYPES = "/endpointConfiguration/types/";

  @Override
  public ServiceException unknownPath(PatchOperation operation, PatchTable table) {
    return NAMING_OPS.unknownPath(operation, table);
  }

  // AWS: endpoint types are added and removed, never replaced; source: reported by users of AWS's
  // clients, https://github.com/hashicorp/terraform-provider-aws/issues/28059, of types/0, which
  // Terraform's AWS provider sends.
  @Override
  public ServiceException wrongOp(PatchOperation operation, Set<String> allowed, PatchTable table) {
    String path = operation.path();
    if (path != null && path.startsWith(TYPES) && "replace".equals(operation.op())) {
      return ServiceException.badRequest(path + " Invalid request input");
    }
    return NAMING_OPS.wrongOp(operation, allowed, table);
  }
}
