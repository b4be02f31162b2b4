import CLibSSH2

extension SigningKey {
    /// The numbers of an RSA key as OpenSSH's files have them, each as SSH writes it.
    struct RSANumbers {
        var modulus, publicExponent, privateExponent, coefficient, prime1, prime2: [UInt8]
    }

    /// - Returns: nil for numbers that OpenSSL does not take.
    convenience init?(_ numbers: RSANumbers) {
        guard let secret = BigNumber(numbers.privateExponent), let prime1 = BigNumber(numbers.prime1),
            let prime2 = BigNumber(numbers.prime2), let exponent1 = secret.exponent(of: prime1),
            let exponent2 = secret.exponent(of: prime2)
        else { return nil }
        // RSAPrivateKey of RFC 8017, whose integers are written as SSH's are.
        let key = DER.sequence(ofIntegers: [
            [0], numbers.modulus, numbers.publicExponent, numbers.privateExponent, numbers.prime1,
            numbers.prime2,
            exponent1.wireBytes, exponent2.wireBytes, numbers.coefficient,
        ])
        var start: UnsafePointer<UInt8>?
        let read = key.withUnsafeBufferPointer { bytes in
            start = bytes.baseAddress
            return d2i_PrivateKey(EVP_PKEY_RSA, nil, &start, bytes.count)
        }
        guard let read else {
            ERR_clear_error()
            return nil
        }
        self.init(taking: read)
    }
}
