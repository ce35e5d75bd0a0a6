package io.portico.gateway.control.rules;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.CertificateStageRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which stages show a client certificate to their backends. */
public final class CertificateStages {
  private CertificateStages() {}

  /**
   * Keeps up with a stage.
   *
   * @param shown the certificate's id until now, or null
   * @param shows the certificate's id from now on, or null
   */
  public static void changed(
      RecordWriter records,
      String apiId,
      String stageName,
      @Nullable String shown,
      @Nullable String shows) {
    if (Objects.equals(shown, shows)) {
      return;
    }
    String scope = records.find(RecordTypes.API_SCOPE, "", apiId).orElseThrow().scope();
    if (shown != null) {
      records.delete(RecordTypes.CERTIFICATE_STAGE, scope + "/" + shown, id(apiId, stageName));
    }
    if (shows != null) {
      records.put(
          RecordTypes.CERTIFICATE_STAGE,
          scope + "/" + shows,
          id(apiId, stageName),
          new CertificateStageRecord(apiId, stageName));
    }
  }

  /** Whether a certificate may be deleted. */
  // AWS: one of a stage is not deleted; source: documented, the ConflictException of
  // DeleteClientCertificate. The text is assumed, after that of authorizers.
  public static void checkUnused(RecordReader records, String scope, String certificateId) {
    records.list(RecordTypes.CERTIFICATE_STAGE, scope + "/" + certificateId, "", 1).stream()
        .findFirst()
        .ifPresent(
            stage -> {
              throw ServiceException.conflict(
                  "Cannot delete client certificate '%s', is referenced in stage: %s"
                      .formatted(certificateId, id(stage.apiId(), stage.stageName())));
            });
  }

  private static String id(String apiId, String stageName) {
    return apiId + "/" + stageName;
  }
}
