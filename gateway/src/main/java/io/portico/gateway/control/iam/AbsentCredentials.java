package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What users do not have here: passwords, MFA devices, SSH keys, signing certificates, and
 * credentials of single services. Nothing makes them, so there are none to list. Whoever deletes a
 * user with all he has asks for each of them, as Terraform does with {@code force_destroy}.
 */
final class AbsentCredentials {
  private final IamEnvironment environment;

  AbsentCredentials(IamEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("ListMFADevices", call -> none(call, "MFADevices"))
        .add("ListVirtualMFADevices", call -> none(call, "VirtualMFADevices"))
        .add("ListSSHPublicKeys", call -> none(call, "SSHPublicKeys"))
        .add("ListSigningCertificates", call -> none(call, "Certificates"))
        .add("ListServiceSpecificCredentials", call -> none(call, "ServiceSpecificCredentials"))
        .add("GetLoginProfile", this::noPassword)
        .add("DeleteLoginProfile", this::noPassword);
  }

  private ObjectNode none(OperationCall call, String member) {
    return environment
        .records()
        .read(
            records -> {
              if (call.input().has("UserName")) {
                Users.find(records, call);
              }
              return IamPage.of(call.input())
                  .answer(member, List.<String>of(), name -> name, name -> Json.object());
            });
  }

  private ObjectNode noPassword(OperationCall call) {
    throw environment.records().read(records -> noProfile(records, call));
  }

  /** AWS: of a root's the text is assumed. */
  private static ServiceException noProfile(RecordReader records, OperationCall call) {
    KeyOwner owner = KeyOwner.named(records, call);
    String name = owner.user() == null ? owner.id() : owner.user().name();
    return IamErrors.noSuchEntity("Login Profile for User " + name + " cannot be found.");
  }
}
