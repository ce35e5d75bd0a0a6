package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.ApiDefinition;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * <b>Import</b>: an OpenAPI document becomes an API, or changes one.
 *
 * <p>A document is taken whole or refused whole; the caller stores the result in one transaction.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class OpenApiImporter {
  private final Supplier<String> ids;
  private final Clock clock;

  /**
   * @param ids fresh ids for resources, authorizers, models and request validators
   * @param clock when a new API was created
   */
  public OpenApiImporter(Supplier<String> ids, Clock clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * ImportRestApi.
   *
   * @throws ServiceException if the document is refused
   */
  public ImportResult importNew(byte[] document, NewApi api, ImportOptions options) {
    throw notYet();
  }

  /**
   * PutRestApi with mode {@code merge}: what the document does not mention stays.
   *
   * @throws ServiceException if the document is refused
   */
  public ImportResult merge(byte[] document, ApiDefinition existing, ImportOptions options) {
    throw notYet();
  }

  /**
   * PutRestApi with mode {@code overwrite}: what the document does not mention goes; resources
   * whose path stays keep their ids.
   *
   * @throws ServiceException if the document is refused
   */
  public ImportResult overwrite(byte[] document, ApiDefinition existing, ImportOptions options) {
    throw notYet();
  }

  private ServiceException notYet() {
    return new ServiceException(
        "NotImplementedException", 501, "Import is not built yet: " + ids + clock);
  }
}
