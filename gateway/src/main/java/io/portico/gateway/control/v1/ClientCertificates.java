package io.portico.gateway.control.v1;

import static io.portico.gateway.control.patch.PatchEdits.text;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.rules.CertificateStages;
import io.portico.gateway.control.rules.TagRules;
import io.portico.gateway.model.ClientCertificateRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.x509.CertificateAuthority;
import io.portico.gateway.x509.CertificateContent;
import io.portico.gateway.x509.CertificateContent.Purpose;
import io.portico.gateway.x509.CertifiedKey;
import io.portico.gateway.x509.KeyKind;
import io.portico.gateway.x509.Pem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Client certificates: by what backends know that API Gateway calls them. */
public final class ClientCertificates {
  // AWS: the text is assumed, after that of request validators in MTH-06.
  static final String UNKNOWN = "Invalid Client Certificate identifier specified";

  // AWS: as in the certificates that it makes; source: one that a user of it has published.
  private static final String SUBJECT = "C=US,L=Seattle,CN=ApiGateway";

  // AWS: source: documented, "Generate and configure an SSL certificate for backend
  // authentication", and the dates in the samples of its command line's reference.
  private static final Duration VALIDITY = Duration.ofDays(365);

  // AWS: source: documented, patch operations. The refusal of another path is assumed.
  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_OPS)
          .row("replace", "/description", "any text; empty unsets", text("description"))
          .build();

  private final V1Environment environment;

  ClientCertificates(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("GenerateClientCertificate", this::generateClientCertificate)
        .add("GetClientCertificate", this::getClientCertificate)
        .add("GetClientCertificates", this::getClientCertificates)
        .add("UpdateClientCertificate", this::updateClientCertificate)
        .add("DeleteClientCertificate", this::deleteClientCertificate);
  }

  public ObjectNode generateClientCertificate(OperationCall call) {
    String description = call.input().stringOrNull("description");
    Map<String, String> tags = TagRules.sent(call, environment.apiQuotas());
    // Before the store is locked: a key takes its time.
    Instant now = environment.now();
    Instant end = now.plus(VALIDITY);
    CertifiedKey made =
        CertificateAuthority.selfSigned(
            new CertificateContent(SUBJECT, List.of(), Purpose.CLIENT, now, end), KeyKind.RSA_2048);
    return environment
        .records()
        .write(
            records -> {
              String scope = call.caller().scope();
              ClientCertificateRecord certificate =
                  new ClientCertificateRecord(
                      environment.newId(records, RecordTypes.CLIENT_CERTIFICATE, scope),
                      description == null || description.isEmpty() ? null : description,
                      Pem.of(made.certificate()),
                      Pem.of(made.privateKey()),
                      now,
                      end,
                      InputMaps.orNull(tags));
              records.put(
                  RecordTypes.CLIENT_CERTIFICATE,
                  scope,
                  certificate.clientCertificateId(),
                  certificate);
              environment
                  .quotas()
                  .check(
                      Quota.CLIENT_CERTIFICATES,
                      scope,
                      () -> records.count(RecordTypes.CLIENT_CERTIFICATE, scope));
              return Reply.clientCertificate(certificate);
            });
  }

  static ClientCertificateRecord find(RecordReader records, OperationCall call, String id) {
    return records
        .find(RecordTypes.CLIENT_CERTIFICATE, call.caller().scope(), id)
        .orElseThrow(() -> ServiceException.notFound(UNKNOWN));
  }

  private static ClientCertificateRecord find(RecordReader records, OperationCall call) {
    return find(records, call, call.input().string("clientCertificateId"));
  }

  public ObjectNode getClientCertificate(OperationCall call) {
    return environment
        .records()
        .read(records -> Reply.withTags(Reply.clientCertificate(find(records, call))));
  }

  public ObjectNode getClientCertificates(OperationCall call) {
    return Lists.ofCaller(
        environment,
        call,
        RecordTypes.CLIENT_CERTIFICATE,
        ClientCertificateRecord::clientCertificateId,
        Reply::clientCertificate);
  }

  public ObjectNode updateClientCertificate(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              ClientCertificateRecord certificate =
                  TABLE.changed(find(records, call), ClientCertificateRecord.class, changes);
              records.put(
                  RecordTypes.CLIENT_CERTIFICATE,
                  call.caller().scope(),
                  certificate.clientCertificateId(),
                  certificate);
              return Reply.withTags(Reply.clientCertificate(certificate));
            });
  }

  public ObjectNode deleteClientCertificate(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              String scope = call.caller().scope();
              String id = find(records, call).clientCertificateId();
              CertificateStages.checkUnused(records, scope, id);
              records.delete(RecordTypes.CLIENT_CERTIFICATE, scope, id);
              return Reply.empty();
            });
  }
}
