module.exports = { future: {} };
