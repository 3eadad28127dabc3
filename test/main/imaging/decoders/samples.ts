/**
 * Tiny pictures of our own in formats that nothing we depend on writes: 48 × 32 pixels, four squares of four
 * colours as in `scene` of pictures.ts.
 */

/** `cjxl scene.png -d 1 -e 9 --container=0` */
export const JXL = Buffer.from(
  '/woHQUJxIQASiAIAcASlqhgAABUqo4wbvJzr+fJDh8W0jesMbbVtYQlj4hkwDBwEIiSELqlARCVViiQjkD4AkF7laM' +
    'AjSuAD/WyUq+t6pBmALjG9SfaPSmK4WKgoAw4xTlEUrFk/ZsFXDoHAY4AE2qQZ7eK6v/odnuJ5uL0Cdcyie80KALC5' +
    'AwAAgOkAABUApe2Kl8Nqo//hOArqbP3w2H5Sw3G2oGbG9ib5jYkJ6S0k+BiePVRkvGIXWoFyjs9oNmWNlXhR5REDRi' +
    '9itGppEwoBXBVCJv32tXqEtKDg0qCfDAE9AVM32tlTDxo4LwuqrTkWgqgU6j+my+yZp9Ed0R/0+2hoB+kpzPDI+QBn' +
    'h7X/Pz+IR7BnTAPaTCP2UC3/cK+KDimGzeE8Aw==',
  'base64',
);

/** The same of a JPEG with EXIF orientation 6, in a container: displayed 32 × 48. */
export const TURNED_JXL = Buffer.from(
  'AAAADEpYTCANCocKAAAAFGZ0eXBqeGwgAAAAAGp4bCAAAAEFanhsY/8KBy2QUFwSABKIAgC4A1XCFgAAFSqjjBu8nO' +
    'v58kOHxbSN6wxttW1hCSWmm3w1AR6uCgpmiICyUdER0TgAQBXdinmpiwwQ2jnikkF/0IJ490qBDyvAGfu14IPtOSL9' +
    'llrcGMIsPlAGqINuMsICAIrffP2qxe+DPrVTFBUAqwUAAAAAAKACYMKwbgg3GyDQASl2AEoA7YgxYl6MT7H+yCOwX/' +
    '9GFhNpI6aU2uNRJS8HeKRMCAcqjHchtAXMsoWFZZwrQBQ5Pgy+gaLXESXnfoR4IvIxd2+10TeGYY37+6jiXralG0Xa' +
    'SzD/qzYHp1MzUcsLRm4jKKO6OQAUGQA=',
  'base64',
);

/** `cjxl` of a picture of 64 × 64 pixels with the Display P3 profile. */
export const WIDE_JXL = Buffer.from(
  '/wpPQEKCLLYUxm/Cs4ACD4UwJaGoDhcCABKIAgDcBuXQFAAAFSqjjBu8nOv58kOHxbSN6wxttW1hCWPiGdBxEJgxAy' +
    'mKkaUjImJjY4wxGgdLtVvdMQpFgAI4aWbujxopI2YJPhOSsiKR0nWXhqSADChjjUV5cDPziV6GLYYVCk/aHIAZC67K' +
    'E5hgQmUZ23H2jgNBnUgkArFEqTNGPIARm5Mw+GjNTWRAAMCgvHaimarRTtDTw6BqsAkrmL8wYsJQM0r+hipce6BIFw' +
    'ASCp2BV2T+CICybcXLSTUAdXgWIzlMsM3t8YJwwr1JJ5PvTf6N5U06Kwi0RHphOn4pJIBgiLNgKoERlGYE3hBuqK1Z' +
    'm8cvO5CGdKYzRYx/kP2KzHam2ZmmmneqFqQI0YS/LcQCzdogxJj2SZKNqTb9eAAlMR4xAaEV6iCQmYCjT6fCyiJBIg' +
    'sAhMF+H3Y3UnTqPMumgXnoWloI2rrhP0QYzzfkDUJ2IHwT1HN/7VfeyjQyAIQs+xJhiboIYlTQISzi4xp1uvOwZuIw' +
    'QiTGkFvJ/mTJLbeXS8y5toEEXDUGVZQln5M5EXcyp9w8yZtFWBKXyHbf43KljahzmItr/lkxOvPxDfa7GScglwE=',
  'base64',
);

/** `opj_compress -i scene.png -r 6` */
export const JP2 = Buffer.from(
  'AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAAIAAAADAAAwcHAAAAAAAPY2' +
    '9scgEAAAAAABAAAAK+anAyY/9P/1EALwAAAAAAMAAAACAAAAAAAAAAAAAAADAAAAAgAAAAAAAAAAAAAwcBAQcBAQcB' +
    'Af9SAAwAAAABAQUEBAAB/1wAE0BASEhQSEhQSEhQSEhQSEhQ/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW' +
    '9uIDIuNS4w/5AACgAAAAACNwAB/5PH0ggDXd94GAcF18+kGACwj8D4wUfYBwfMCAA/C/mDAx/D5gV+QHH2AQAJvwOW' +
    'EwMbx9IKfYCAAC8CRUN/wPjCx9gNAfGFEJBLBN8R1no+j9gNfClof8PpDT7wiB8wYA2Z7dWPgQmfMSNY9jQfDJzd0B' +
    'V/w+kNH2AwDgnji042Cacg0P3xw+kRH2BsD5gwHwAZsIlvTtsl/spvfwaL0v2piI2/GyU9BWKVx9gZPvD4fYEAHCYd' +
    'ocJcDMyiSIolDHUXTQuyql5Jwq1xs+G/GyU9BZ3+1R/H0iI+kQAc+ZdzMprw6gx4TPzwA/Vmw+kbH2CcD5gwaebY+0' +
    '2ZwDzBOpv/fziEsrtWtsTysWQTA3BGvlhKuxYvJJn8iYXH2Cc+8Wh9gQArr/lxJom3jlkqgX5Hv1nSG6vfANJgfR+0' +
    'wzBjSKkIVk9iLU1vyBUify8kmf007ze/x9gdH2B4LFy6ZuzV2SOKqGRDfH8A1QnC2Fy3k/SlgDDeWl/D6SUPpPQHxh' +
    'ipLynWVNwDTnUXXjiVsSpBQueQ5im4e+LrgYGaWORjOEhiiGkQvBQoKkODKNXhpIOPxYi7K7/H2DM+4fg+MMBKdsDE' +
    't69bXPthGAbsvg8HTEAr3Tns6o8QhAqlbgjRKRgps3n/KfrShuFXOy0ISIiVaRNd8v5RV4/FiitBZ8fWIR9YsEsixz' +
    '+t9H4Oqodj3dJQcbSECqpOvIW8bJ4gGEhKHzeIUAwjKo87/9k=',
  'base64',
);

/** The same as a bare codestream: `-n 3`. */
export const J2K = Buffer.from(
  '/0//UQAvAAAAAAAwAAAAIAAAAAAAAAAAAAAAMAAAACAAAAAAAAAAAAADBwEBBwEBBwEB/1IADAAAAAEBAgQEAAH/XA' +
    'AKQEBISFBISFD/ZAAlAAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAJGAAH/k8+xFG0A' +
    'SG5ahH9GXBZLgHH6W9RtORiZcB4asnppDuTd7ixO545Ojeml3NNxjPpSkZdQiPEDNsdSjbJlGy5d1TuDERlKR/BGL/' +
    '8SQC8icP6PxyT6saBHFhNt8FUu1Mmy3PlN4NRa+FFrboP0qvv/VK9MabLNLzin4YKUvKCUrKgDByy5UYspNaqvpSGl' +
    '9XDnJPTUr996aDDLDBMdSsBiRcARQg86hJjHJKTi7ZNqF5OehT9dgIileM7zUz9+N6F4+3MsTk0umUuznD3Q7NEOry' +
    'lbayudDs0FAsj1Euo2kprj8EP1w+kbH2CcD5gwaebY+02ZwDzBOpv/fziEsrtWtsTysWQTA3BGvlhKuxYvJJn8iYXH' +
    '2Cc+8Wh9gQArr/lxJom3jlkqgX5Hv1nSG6vfANJgfR+0wzBjSKkIVk9iLU1vyBUify8kmf007ze/x9gdH2B4LFy6Zu' +
    'zV2SOKqGRDfH8A1QnC2Fy3k/SlgDDeWl/D6SUPpPQHxhipLynWVNwDTnUXXjiVsSpBQueQ5im4e+LrgYGaWORjOEhi' +
    'iGkQvBQoKkODKNXhpIOPxYi7K7/H2jc+8mg+kQBKdsDEt69bXPthGAbsvg8HTEAr3Tns6o8Q/3+ECqVuCNEpGCmzef' +
    '8p+tKG4Vc7LQhIiJVpE13y/lFXPDOi1yL/f4/FiitBZ08Zx9gnH2D4SyLHP630fg6qh2Pd0lBxtL4Qf4QKqk68hbxs' +
    'niAYSEofN4hQDCMqjzvdqUZJU0Ie4R//2Q==',
  'base64',
);

/** The same in grey. */
export const GREY_JP2 = Buffer.from(
  'AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAAIAAAADAAAwcHAAAAAAAPY2' +
    '9scgEAAAAAABAAAAFtanAyY/9P/1EALwAAAAAAMAAAACAAAAAAAAAAAAAAADAAAAAgAAAAAAAAAAAAAwcBAQcBAQcB' +
    'Af9SAAwAAAABAQUEBAAB/1wAE0BASEhQSEhQSEhQSEhQSEhQ/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW' +
    '9uIDIuNS4w/5AACgAAAAAA5gAB/5PPpBgDSG+AgMHzAo+wDg+kEAK/C83LAt+AgMD4wsfYDQHxhhCIXtC/EM2Idui7' +
    'DXwpvv9/gIDD6RUfYHQPmDAePeLkImO918N/IN3PgmfVczKEy1OKn38bHxMh+z2AgMPpHR9grA+YOGnm2PjpYGQBOs' +
    'PQv4mFM2RM71rGPpBSAKLvJUFm8W0JZGK/LyUdkhkOv4CAw+klH2EMB8YYqS8p1lTcA0ln2qV1Avt63H3vkOYpvdgU' +
    'qbF9aVMAABOD6zYa9r7RrKUwAGUF+Fpdvdkvj8VgY3UogID/2Q==',
  'base64',
);
