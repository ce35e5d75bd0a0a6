package io.portico.gateway.control;

import io.portico.gateway.model.ApiKeyRecord;
import io.portico.gateway.store.RecordWriter;
import java.util.Collection;

/**
 * Brings what changed to the data plane: stages, API keys, usage plans and domain names. Called
 * within the write transaction that changes them: compiling happens there, so that what AWS rejects
 * in the call is rejected in the call, and the new snapshot is published after the commit, in
 * commit order.
 */
public interface Publisher {

  /**
   * The stage was created or changed, or points to another deployment.
   *
   * @throws io.portico.gateway.control.protocol.ServiceException if the stage cannot be compiled
   */
  void stageChanged(RecordWriter records, String apiId, String stageName);

  /**
   * The API itself was changed: what of it takes effect without a deployment reaches every stage.
   *
   * @throws io.portico.gateway.control.protocol.ServiceException if a stage cannot be compiled
   */
  void apiChanged(RecordWriter records, String apiId);

  /** The stage is gone. */
  void stageDeleted(RecordWriter records, String apiId, String stageName);

  /** The API is gone with all its stages. */
  void apiDeleted(RecordWriter records, String apiId);

  /**
   * API keys of an account in a region were made, changed or put into other usage plans.
   *
   * @param scope {@code account/region}
   */
  void apiKeysChanged(RecordWriter records, String scope, Collection<String> keyIds);

  /**
   * An API key is gone.
   *
   * @param key as it was
   */
  void apiKeyDeleted(RecordWriter records, String scope, ApiKeyRecord key);

  /** A usage plan was made or changed. */
  void usagePlanChanged(RecordWriter records, String scope, String planId);

  /** A usage plan is gone. */
  void usagePlanDeleted(RecordWriter records, String scope, String planId);

  /**
   * A custom domain name was made, changed or mapped to other APIs, or is gone; or its certificate
   * has become another one.
   *
   * @param host its name
   */
  void domainNameChanged(RecordWriter records, String host);
}
