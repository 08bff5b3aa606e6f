/**
 * Currencies in which sums are noted, ISO 4217 alpha-3, by the digits of their smallest unit. Funds, metals
 * and test codes are none of them.
 */
const byDigits: Readonly<Record<0 | 2 | 3, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2:
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD ' +
    'CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD ' +
    'HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD ' +
    'MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON ' +
    'RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD ' +
    'TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW',
  3: 'BHD IQD JOD KWD LYD OMR TND',
}

const digits: ReadonlyMap<string, number> = new Map(
  Object.entries(byDigits).flatMap(([many, codes]) =>
    codes.split(' ').map((code) => [code, Number(many)] as const),
  ),
)

export const currencyCodes: readonly string[] = [...digits.keys()].sort()

/** `1234.50 CNY`, `-800 JPY`; whole numbers of the smallest unit only. */
export const sumText = (amountMinor: number, currency: string): string => {
  const places = digits.get(currency) ?? 0
  const all = String(Math.abs(amountMinor)).padStart(places + 1, '0')
  const whole = all.slice(0, all.length - places)
  const rest = places === 0 ? '' : `.${all.slice(-places)}`
  return `${amountMinor < 0 ? '-' : ''}${whole}${rest} ${currency}`
}
