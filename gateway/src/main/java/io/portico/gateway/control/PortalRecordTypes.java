package io.portico.gateway.control;

import io.portico.gateway.model.portals.PortalProductRecord;
import io.portico.gateway.model.portals.PortalRecord;
import io.portico.gateway.model.portals.ProductPageRecord;
import io.portico.gateway.model.portals.ProductRestEndpointPageRecord;
import io.portico.gateway.store.RecordType;

/**
 * Every kind of record of portals, with what its parent is. Kinds are names in stored data and
 * never change.
 */
public final class PortalRecordTypes {
  /** Parent {@code account/region}. */
  public static final RecordType<PortalRecord> PORTAL =
      new RecordType<>("portal", PortalRecord.class);

  /** Parent {@code account/region}. */
  public static final RecordType<PortalProductRecord> PRODUCT =
      new RecordType<>("portal-product", PortalProductRecord.class);

  /** Parent {@code account/region/product}. */
  public static final RecordType<ProductPageRecord> PAGE =
      new RecordType<>("product-page", ProductPageRecord.class);

  /** Parent {@code account/region/product}. */
  public static final RecordType<ProductRestEndpointPageRecord> ENDPOINT_PAGE =
      new RecordType<>("product-rest-endpoint-page", ProductRestEndpointPageRecord.class);

  private PortalRecordTypes() {}
}
