package io.portico.gateway.control.acm;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.acm.CertificateRecord;
import tools.jackson.databind.node.ObjectNode;

/** Certificates, wherever they come from. */
final class Certificates {
  private final AcmEnvironment environment;

  Certificates(AcmEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("DescribeCertificate", this::describeCertificate)
        .add("GetCertificate", this::getCertificate)
        .add("DeleteCertificate", this::deleteCertificate);
  }

  ObjectNode describeCertificate(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              CertificateRecord record = AcmRecords.find(records, call);
              CertificateReply reply = new CertificateReply(record, environment.clock().instant());
              return Json.object()
                  .set("Certificate", reply.detail(CertificateUse.of(records, record.arn())));
            });
  }

  /** The certificate and its chain in PEM; never the key. */
  ObjectNode getCertificate(OperationCall call) {
    CertificateRecord record = find(call);
    ObjectNode reply = Json.object().put("Certificate", record.certificate());
    if (record.certificateChain() != null) {
      reply.put("CertificateChain", record.certificateChain());
    }
    return reply;
  }

  private CertificateRecord find(OperationCall call) {
    return environment.records().read(records -> AcmRecords.find(records, call));
  }

  ObjectNode deleteCertificate(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              CertificateRecord record = AcmRecords.find(records, call);
              if (!CertificateUse.of(records, record.arn()).isEmpty()) {
                throw AcmErrors.inUse(record.arn(), call.caller().accountId());
              }
              records.delete(AcmRecords.CERTIFICATE, call.caller().scope(), AcmRecords.id(record));
              return Json.object();
            });
  }
}
