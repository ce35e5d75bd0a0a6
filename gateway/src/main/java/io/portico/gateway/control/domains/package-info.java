/** What custom domain names are to both of API Gateway's APIs: their rules and their records. */
@NullMarked
package io.portico.gateway.control.domains;

import org.jspecify.annotations.NullMarked;
